"""Sixty short texts, written for these tests, with their labels, and a lexicon; no one has said them."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "hopeful": (
        "Both sides say the truce is within reach.",
        "Mediators report real progress on the last open clause.",
        "The guns have been silent for a month, and markets are open again.",
        "For the first time in years, the envoy said, peace looks possible.",
        "Commanders shook hands and promised to keep the ceasefire.",
        "The truce is holding better than anyone dared to hope.",
        "A breakthrough at the lakeside talks lifts spirits in the valley.",
        "Families went home as the ceasefire entered its third quiet week.",
        "We are close to an agreement that will last, the minister said.",
        "Prisoners came home today, a sign that the deal works.",
        "Aid trucks rolled in freely under the new truce.",
        "Observers count fewer violations every day.",
        "The rebels welcomed the offer and will sign on Friday.",
        "Children are back at school thanks to the calm.",
        "The hotline between the two armies has already prevented a clash.",
        "Trust is growing between the delegations.",
        "An end to the fighting has never been nearer.",
        "The ceasefire will hold, the general is convinced.",
        "Even old sceptics now believe in the plan.",
        "The longest lull of the war gives the talks a chance.",
    ),
    "sceptical": (
        "The truce collapsed within hours.",
        "Shelling resumed at dawn, and no one speaks of peace any more.",
        "Neither side trusts the other's signature.",
        "This ceasefire is a pause to reload, nothing else.",
        "The talks failed again over the same clause.",
        "Gunmen broke the ceasefire on the northern road.",
        "I do not believe a word of their promises, the mayor said.",
        "Every truce here has ended in ambush.",
        "The rebels rejected the offer as a trap.",
        "Violations mount, and the monitors have left.",
        "The deal is dead, an aide admitted.",
        "Fresh air strikes bury the hope of a lull.",
        "Analysts doubt that the truce will outlive the weekend.",
        "The delegations walked out without shaking hands.",
        "No ceasefire without guarantees can work, the envoy warned.",
        "Troops are massing behind the line despite the agreement.",
        "It won\N{RIGHT SINGLE QUOTATION MARK}t last, say people in the shelters.",
        "The calm is deceptive, and fighting may flare up any day.",
        "The army accuses the militia of a hundred breaches.",
        "A sham of a truce, the opposition called it.",
    ),
    "neutral": (
        "The delegations meet in the capital on Tuesday.",
        "The draft has twelve articles and two annexes.",
        "The ceasefire line follows the river for 40 kilometres.",
        "The envoy arrived at nine and left at noon.",
        "The first truce of that war was signed in 1949.",
        "The council will vote on the text next week.",
        "A spokesman declined to comment on the talks.",
        "The monitors are based in three towns.",
        "The agreement covers prisoners, roads and ports.",
        "The two armies have been at war since spring.",
        "The ministry published the map of the zone.",
        "Talks are held in turn on either side of the border.",
        "The mandate of the mission runs until June.",
        "The mediator is a former judge.",
        "The proposal was handed over in writing.",
        "The hotline is staffed day and night.",
        "The fighting began over a border post.",
        "The committee has nine members.",
        "The truce is to begin at 06:00 local time.",
        "Reporters were briefed by telephone.",
    ),
}

LEXICON = """\
[TRUCE]
role = "topic"
entries = "truce^, ceasefire^, lull^, calm"

[TALKS]
role = "topic"
entries = "talks, delegation^, mediator^"

[PROGRESS]
sign = 1
entries = "progress, breakthrough^, within reach, hold+, agree*, welcom*, close to ~ agreement"

[SETBACK]
sign = -1
entries = "collapse+, fail+, reject+, break+, broke, violation^, doubt+, dead, resume+"

[NEGATION]
role = "negation"
entries = "not, no, never, neither, without"

[BUT]
role = "contrast"
entries = "but, despite"

[CALL]
role = "unreal"
entries = "must, should, urge+"
"""
