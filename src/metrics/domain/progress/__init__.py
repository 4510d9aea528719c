"""How the office judges progress: where an indicator stands (Zielerreichung) and whether its pace will do (Kurs).

Every formula has its one home in this package. A result is either a number or a named reason why there is none.
"""
