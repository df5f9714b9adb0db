"""The published numbers of the evaluation report that client records must give, in our own words.

Source: Eindevaluatie prototype Cafetariamodel, gemeente Vught, juni 2019; the ids are those of its tables.
Rows of single candidates (T09) are left out on purpose; only their totals are kept.

Where the report contradicts itself, what is chosen here:

- T06 prints 5 finished and 1 extended, T08 prints 6 finished: an extended one is a finished one.
- T06 prints 25 goals after six months, T08 prints 6 and 19: 25 is the total of both measurements.
- T06 prints '<12 uur' for the two of T08 with 12 to 24 hours: a sign was turned; T08 is followed.
- T10 says '>450 a year', 305 and 144 are 449: the numbers are followed.
- T12 prints trede 6 as 'Dienstverlening': it is 'Betaald werk' of the national ladder.
- T13 and T15 do not add up as stock and flow if all who leave a proefplaatsing for a baan are all who
  begin one. They do with 49 new placements and 43 banen: 34 after a placement, 3 by newcomers and 6 by
  persons whose placement had ended otherwise. Then 13 + 43 - 17 = 39 and 4 + 49 - 52 = 1, and 49 + 3 = 52.
- T14 prints two in Groep without loonwaarde because of a proefplaatsing, T13 prints one proefplaatsing: of
  the other none was measured yet.
- T14 prints 38.6 for Beschut, which six whole percentages cannot give: loonwaarde is measured in halves.
- T16 prints 40 LKS-banen at WSD: with the proefplaatsing of T13.
- T19 prints 42 for May 2019 and T13 prints 40: 42 were in it on any day of May, 40 on the last. It prints
  73 %; 42 of 58 is 72.
"""

T06 = {
    "aanmeldingen": 25,
    "niet_gestart": 12,
    "in_traject": 13,
    "planregie": 10,
    "oad": 3,
    "afgerond": 5,
    "verlengd": 1,
}

T08 = {
    "inwoners": {"niet_gestart": 12, "lopend": 7, "afgerond": 6},
    "doelen_gesteld": {"lopend": 33, "afgerond": 37},
    "doelen_bereikt": {("lopend", "binnen"): 6, ("afgerond", "later"): 19},
    "uren": {"lopend": 132, "afgerond": 160},
    "stappen": {
        "werk_opleiding": 13,
        "maatschappelijke_participatie": 5,
        "tijdsbesteding": 3,
        "sociaal_netwerk": 2,
        "geestelijke_gezondheid": 1,
        "lichamelijke_gezondheid": 1,
    },
    "participatie": {("oad", "4-8"): 3, ("planregie", "4-8"): 2, ("planregie", "12-24"): 2},
}

T09_CENT = {"planregie": 2324313, "oad": 426672, "verwacht": 1877784}

T10 = {2017: 321, 2018: 295, 2019: 300}
"""Participatiewet on 1 July of each year: our reading, the report names years only."""

T11 = {2018: {"wsd": 81, "overig": 116}, 2019: {"wsd": 84, "overig": 140}}
"""Voorzieningen of a provider that ran on any day of the year, up to the peildatum: our reading."""

T12_PCT = {"1": 17, "2": 17, "3": 16, "4": 28, "5": 21, "6": 1}
"""Of the residents in the Participatiewet on the peildatum of the run; the report took the third quarter of 2018."""

T12_PROVIDERS = {
    ("1", "zorg"): 3, ("1", "lokaal"): 21, ("1", "wsd"): 1,
    ("2", "zorg"): 5, ("2", "lokaal"): 22, ("2", "wsd"): 1,
    ("3", "zorg"): 5, ("3", "lokaal"): 18, ("3", "wsd"): 3,
    ("4", "lokaal"): 18, ("4", "wsd"): 4,
    ("5", "lokaal"): 9, ("5", "wsd"): 5,
    ("6", "lokaal"): 9,
}  # fmt: skip

T13 = {
    "januari 2017": {"detachering": 13, "proefplaatsing": 4},
    "mei 2019": {"detachering": 39, "proefplaatsing": 1},
    "nieuw": 52,
    "totaal": 69,
}

T14 = {
    # aantal, percentage, mean loonwaarde, lowest, highest
    "beschut": (6, 15, "38.6", 28, 54),
    "groep": (24, 60, "48.0", 30, 62),
    "doorstroom": (2, 5, "42.5", 30, 55),
    "individueel": (8, 20, "57.0", 30, 73),
    "totaal": (40, 100, "48.1", 28, 73),
}

T15_PROEF = {"lks": 34, "loonwaarde": 1, "motivatie": 3, "niet_in_staat": 7, "wijziging": 1, "regulier": 6}
T15_BAAN = {"motivatie": 1, "niet_in_staat": 1, "wijziging": 1, "regulier": 14}

T16 = {"vorig_jaar": 71, "dit_jaar": 22, "vught": 41, "wsd": 40}

T19 = {"2018": (41, 42, 98), "2019": (42, 58, 72)}
"""In the arrangement, target (a reference figure), whole percentage."""
