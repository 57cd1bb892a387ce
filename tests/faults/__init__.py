"""A generator of faulty workbooks: one function a fault, done to a good filled workbook, each with what has to come of it."""
