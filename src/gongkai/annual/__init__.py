"""Annual reports (政府信息公开工作年度报告): forms, readers, checks. No Django, no network, no clock."""
