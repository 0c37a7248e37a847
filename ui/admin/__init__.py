"""Administration: one page of sections, each built when it is first looked at.

A section is a row of `sections.SECTIONS`: what it is called, from which role on it is shown, and what makes its widget,
a `section.SectionPage`. The page (`page.AdministrationPage`) knows no section by name.
"""
