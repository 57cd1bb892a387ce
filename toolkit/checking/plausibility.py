def plausibility_findings(form, reading):
    return []
