"""Reports and data files that are not our workbook -> Reading, and a Reading -> data."""
