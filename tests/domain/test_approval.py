"""Who must approve: the matrix, several roles, who stands in, solo, and the text approved in calm that may go out."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.scenario import DECLARED, PEOPLE, PLAN, Scenario
from warroom.domain.approval import (
    Standing,
    approve,
    approve_in_emergency,
    first_asked,
    is_awaited,
    must_be_approved,
    roles_asked,
    send,
    set_available,
    stand_ins,
    standing,
    still_missing,
)
from warroom.domain.events import AnyEvent, SeatNamed, StatementApproved, StatementKind, StatementRevised
from warroom.domain.incident import Incident, change_severity
from warroom.domain.plan import Step
from warroom.domain.prepared import Prepared
from warroom.domain.sentence import Refused
from warroom.domain.statement import Statement, send_back
from warroom.services.words import english

ROLES = {**DECLARED.roles, "deputy": "ES"}
MATRIX: Mapping[str, tuple[str, ...]] = {"1": ("lead",), "3": ("lead", "legal")}
TEMPLATE = Prepared(
    id="first-word",
    purpose="first-word",
    lang="en",
    text="We have seen reports about [what]. Our next word comes here at [hh:mm].",
    approved_by="JS",
    approved_on="2026-01-15",
    own=True,
)
FILLED = "We have seen reports about lot 4471. Our next word comes here at 16:00."


def team_of(
    severity: int = 3, matrix: Mapping[str, tuple[str, ...]] = MATRIX, roles: Mapping[str, str] = ROLES
) -> Scenario:
    """A crisis whose plan has this matrix; PG has written a text and sent it."""
    names = {role: {"en": role.title(), "es": role} for role in (*PLAN.roles, "deputy")}
    plan = replace(PLAN, approvals=dict(matrix), roles=names)
    return Scenario().given(replace(DECLARED, plan=plan, roles=dict(roles), severity=severity))


def sent(scenario: Scenario | None = None, text: str = FILLED, purpose: StatementKind = "first-word") -> Scenario:
    told = (scenario or team_of()).by("PG")
    told.given(
        StatementRevised(
            statement="S1", revision=1, text=text, purpose=purpose, lang="en", template="first-word", networks=("x",)
        )
    )
    return told.when(lambda i: send(i, of(i), blocking=(), now=told.now))


def of(incident: Incident) -> Statement:
    return incident.statements["S1"]


def stands(told: Scenario) -> Standing:
    return standing(told.incident, of(told.incident), told.now)


def missing(told: Scenario) -> list[str]:
    return [asked.role for asked in stands(told).missing]


def say_yes(told: Scenario, by: str, **more: str) -> Scenario:
    mark = of(told.incident).head.digest
    return told.by(by).when(lambda i: approve(i, of(i), by=by, digest=mark, now=told.now, **more))  # type: ignore[arg-type]


def no_from(told: Scenario, by: str, **more: str) -> Refused:
    mark = of(told.incident).head.digest
    with pytest.raises(Refused) as caught:
        approve(told.incident, of(told.incident), by=by, digest=mark, now=told.now, **more)  # type: ignore[arg-type]
    return caught.value


def last(told: Scenario) -> AnyEvent:
    return told.log[-1].data


# --- the matrix ----------------------------------------------------------------------------------------


def test_a_severity_that_is_missing_asks_as_the_next_lower_does() -> None:
    plan = replace(PLAN, approvals=dict(MATRIX))
    assert [roles_asked(plan, severity) for severity in (1, 2, 3, 4)] == [
        ("lead",),
        ("lead",),
        ("lead", "legal"),
        ("lead", "legal"),
    ]
    assert roles_asked(replace(PLAN, approvals={"3": ("lead",)}), 2) == ()
    assert roles_asked(PLAN, 4) == ()


def test_without_a_matrix_one_person_other_than_the_author_is_enough() -> None:
    told = sent(team_of(matrix={}))
    assert [(asked.role, asked.holder) for asked in stands(told).asked] == [("", "AM")]
    say_yes(told, "JS")
    assert stands(told).is_whole
    assert last(told) == StatementApproved(
        statement="S1", revision=1, digest=of(told.incident).head.digest, solo="", roles=()
    )


def test_every_role_that_is_asked_must_approve_and_publishing_names_who_is_missing() -> None:
    told = sent()
    assert missing(told) == ["lead", "legal"]
    say_yes(told, "AM")
    assert missing(told) == ["legal"]
    assert stands(told).awaits
    with pytest.raises(Refused) as caught:
        must_be_approved(told.incident, of(told.incident), told.now)
    assert caught.value.sentence.id.startswith("Revision {revision} is not approved by everybody yet.")
    assert caught.value.sentence.params["who"].params["who"] == "JS"  # type: ignore[union-attr]
    say_yes(told, "JS")
    assert stands(told).is_whole
    must_be_approved(told.incident, of(told.incident), told.now)
    assert [approval.roles for approval in of(told.incident).approvals] == [("lead",), ("legal",)]


def test_one_person_with_two_roles_approves_for_both() -> None:
    told = sent(team_of(roles={**ROLES, "legal": "AM"}))
    say_yes(told, "AM")
    assert stands(told).is_whole
    assert of(told.incident).approvals[0].roles == ("lead", "legal")
    assert of(told.incident).approvals[0].stood_in == ()


def test_everybody_who_must_approve_is_asked() -> None:
    told = sent()
    submission = of(told.incident).submissions[-1]
    assert (submission.to, submission.others) == ("AM", ("JS",))


def test_raising_the_severity_asks_for_more_and_lowering_for_less() -> None:
    told = say_yes(sent(team_of(severity=2)), "AM")
    assert stands(told).is_whole
    told.when(lambda i: change_severity(i, 3))
    assert missing(told) == ["legal"]
    told.when(lambda i: change_severity(i, 2, "a false alarm"))
    assert stands(told).is_whole


def test_an_edit_voids_every_approval() -> None:
    told = say_yes(say_yes(sent(), "AM"), "JS")
    told.by("PG").given(
        StatementRevised(statement="S1", revision=2, text="Other.", purpose="first-word", lang="en", networks=("x",))
    )
    assert missing(told) == ["lead", "legal"]
    assert not stands(told).is_sent


def test_who_approved_once_is_told_who_is_still_missing() -> None:
    told = say_yes(sent(), "AM")
    assert no_from(told, "AM").sentence.id == "You have approved revision {revision}; it still waits for {who}."


def test_a_second_approver_can_still_send_the_text_back() -> None:
    told = say_yes(sent(), "AM").by("JS")
    told.when(lambda i: send_back(of(i), digest=of(i).head.digest, reason="name the lot"))
    assert not stands(told).awaits


def test_a_text_that_somebody_has_approved_is_not_sent_twice() -> None:
    told = say_yes(sent(), "AM")
    assert "still waits for" in told.refused(lambda i: send(i, of(i), blocking=(), now=told.now))
    say_yes(told, "JS")
    assert "already approved" in told.refused(lambda i: send(i, of(i), blocking=(), now=told.now))


# --- who may not ---------------------------------------------------------------------------------------


def test_who_is_not_in_the_plan_approves_nothing() -> None:
    for matrix in (MATRIX, {}):
        refusal = no_from(sent(team_of(matrix=matrix)), "ZZ")
        assert refusal.sentence.id.startswith("{who} is not in the team of this crisis")
        assert no_from(sent(team_of(matrix=matrix)), "").sentence.id == refusal.sentence.id


def test_somebody_who_is_given_a_seat_belongs_to_the_team() -> None:
    told = sent().given(SeatNamed(role="legal", holder="ZZ"))
    say_yes(told, "ZZ")
    assert missing(told) == ["lead"]


def test_who_holds_no_role_that_is_asked_cannot_approve() -> None:
    refusal = no_from(sent(team_of(roles=DECLARED.roles)), "ES")
    assert refusal.sentence.id == "This text waits for {who}; you hold no role that approves it."


# --- who stands in -------------------------------------------------------------------------------------


def test_the_deputy_may_approve_once_the_approver_is_silent_past_their_time() -> None:
    told = sent()
    assert "once they are silent" in no_from(told, "ES").sentence.id
    told.minutes(9)
    no_from(told, "ES")
    told.minutes(1)
    assert [asked.absence for asked in stands(told).asked] == ["silent", "silent"]
    say_yes(told, "ES")
    assert stands(told).is_whole
    approval = of(told.incident).approvals[-1]
    assert (approval.roles, approval.stood_in) == (("lead", "legal"), ("lead", "legal"))
    assert all(asked.stood_in for asked in stands(told).asked)


def test_who_was_silent_may_still_answer_late() -> None:
    told = say_yes(sent().minutes(30), "AM")
    assert of(told.incident).approvals[-1].stood_in == ()
    assert missing(told) == ["legal"]


def test_a_clock_that_jumps_back_makes_nobody_silent() -> None:
    told = sent().minutes(-120)
    assert [asked.absence for asked in stands(told).asked] == ["", ""]


def test_somebody_who_cannot_be_reached_is_stood_in_for_at_once() -> None:
    told = team_of().when(lambda i: set_available(i, "AM", False))
    sent(told)
    assert (of(told.incident).submissions[-1].to, of(told.incident).submissions[-1].others) == ("ES", ("JS",))
    say_yes(told, "ES")
    assert of(told.incident).approvals[-1].stood_in == ("lead",)
    assert missing(told) == ["legal"]
    assert "already" in told.refused(lambda i: set_available(i, "AM", False))
    assert "not on the list" in told.refused(lambda i: set_available(i, "ZZ", False))


def test_where_the_author_holds_the_role_the_deputy_approves_at_once() -> None:
    told = sent(team_of(severity=1, roles={**ROLES, "lead": "PG"}))
    assert of(told.incident).submissions[-1].to == "ES"
    say_yes(told, "ES")
    assert stands(told).is_whole
    assert of(told.incident).approvals[-1].stood_in == ("lead",)


def test_a_role_that_is_handed_on_changes_nothing_of_whose_place_an_approval_was_given_in() -> None:
    told = say_yes(sent(team_of(severity=1, roles={**ROLES, "lead": "PG"})), "ES")
    told.given(SeatNamed(role="lead", holder="ES"))
    assert [asked.in_place_of for asked in stands(told).asked] == ["PG"]


def test_a_role_that_nobody_holds_is_stood_in_for() -> None:
    roles = {role: who for role, who in ROLES.items() if role != "legal"}
    told = say_yes(sent(team_of(roles=roles)), "ES")
    assert missing(told) == ["lead"]


def test_who_stands_in_is_the_deputy_and_the_backup_of_the_roles_steps() -> None:
    backed = Step(id="law", name={"en": "Law"}, owner="legal", backup="lead", due=5, done_when={"en": "read"})
    told = team_of()
    incident = replace(told.incident, plan=replace(told.incident.plan, steps=(*told.incident.plan.steps, backed)))
    assert stand_ins(incident, "legal", "PG") == ("ES", "AM")
    assert stand_ins(incident, "legal", "AM") == ("ES",)


# --- alone on shift ------------------------------------------------------------------------------------


def test_alone_the_author_approves_only_for_those_who_cannot_or_do_not() -> None:
    told = sent(team_of(roles={"lead": "PG", "legal": "JS"}))
    assert "Somebody else" in no_from(told, "PG").sentence.id
    assert "Read it once more" in no_from(told, "PG", solo="alone on shift").sentence.id
    told.minutes(2)
    say_yes(told, "PG", solo="alone on shift")
    approval = of(told.incident).approvals[-1]
    assert (approval.solo, approval.roles, approval.stood_in) == ("alone on shift", ("lead",), ())
    assert missing(told) == ["legal"]
    assert "You have approved" in no_from(told, "PG", solo="still alone").sentence.id
    told.minutes(10)
    say_yes(told, "PG", solo="Legal does not answer")
    assert stands(told).is_whole


def test_the_author_cannot_pass_by_an_approver_who_is_there() -> None:
    told = sent().minutes(5)
    assert "waits for" in no_from(told, "PG", solo="in a hurry").sentence.id


# --- the emergency rule --------------------------------------------------------------------------------


def emergency(
    told: Scenario, prepared: Prepared | None = TEMPLATE, reason: str = "nobody answers"
) -> StatementApproved:
    incident = told.incident
    return approve_in_emergency(
        incident, incident.statements.get("S1"), prepared=prepared, by=told.actor, reason=reason, now=told.now
    )


def test_a_text_approved_in_calm_may_go_out_past_a_silent_approver() -> None:
    told = sent().minutes(10)
    told.given(emergency(told))
    assert stands(told).is_whole
    approval = of(told.incident).approval
    assert approval is not None
    assert (approval.emergency, approval.by, approval.roles) == ("nobody answers", "PG", ())
    must_be_approved(told.incident, of(told.incident), told.now)


@pytest.mark.parametrize(
    ("said", "minutes", "change"),
    [
        ("{wait} more for {who} to answer", 9.9, {}),
        ("Say why it cannot wait", 10, {"reason": " "}),
        ("approved in calm may go out", 10, {"prepared": None}),
        ("approved in calm may go out", 10, {"prepared": replace(TEMPLATE, approved_by="")}),
        ("approved in calm may go out", 10, {"prepared": replace(TEMPLATE, approved_by="ZZ")}),
        ("More was changed than the gaps", 10, {"prepared": replace(TEMPLATE, text="We know. More at [hh:mm].")}),
    ],
)
def test_nothing_else_passes_a_silent_approver(said: str, minutes: float, change: dict[str, object]) -> None:
    told = sent().minutes(minutes)
    assert said in told.refused(lambda i: emergency(told, **change))  # type: ignore[arg-type]


def test_an_emergency_needs_a_sent_text_of_the_first_hour_and_somebody_of_the_team() -> None:
    told = sent(purpose="apology").minutes(10)
    assert "Only a first word" in told.refused(lambda i: emergency(told))
    told = sent().minutes(10).by("ZZ")
    assert "not in the team" in told.refused(lambda i: emergency(told))
    told = sent().minutes(10).by("PG")
    draft = StatementRevised(
        statement="S1", revision=2, text=FILLED.replace("16", "17"), purpose="first-word", lang="en"
    )
    told.given(draft).minutes(30)
    assert "not been sent" in told.refused(lambda i: emergency(told))
    told = say_yes(say_yes(sent(), "AM"), "JS").minutes(20)
    assert "already approved" in told.refused(lambda i: emergency(told))


def test_the_people_of_the_crisis_decide_who_is_of_the_team() -> None:
    assert TEMPLATE.is_approved(PEOPLE)
    assert not TEMPLATE.is_approved(PEOPLE[:1])
    assert not replace(TEMPLATE, approved_by="").is_approved(PEOPLE)


def test_times_are_the_plans_own() -> None:
    plan = replace(PLAN, approvals={"1": ("lead",)}, silent_after=3)
    told = sent(Scenario().given(replace(DECLARED, plan=plan, roles=dict(ROLES))))
    told.now += timedelta(minutes=3)
    assert stands(told).asked[0].absence == "silent"


def test_who_wrote_a_part_of_a_merged_text_does_not_approve_it_as_somebody_else() -> None:
    told = sent()
    base = of(told.incident).head.digest
    for who, text in (("PG", "We know. Ours."), ("JS", "We know. Theirs.")):
        told.by(who).given(
            StatementRevised(
                statement="S1", revision=2, text=text, purpose="first-word", lang="en", networks=("x",), base=base
            )
        )
    statement = of(told.incident)
    parents = (statement.head.digest, statement.rivals[0].digest)
    told.by("PG").given(
        StatementRevised(
            statement="S1",
            revision=2,
            text="We know. Ours, theirs.",
            purpose="first-word",
            lang="en",
            networks=("x",),
            base=parents[0],
            parents=parents,
        )
    )
    told.when(lambda i: send(i, of(i), blocking=(), now=told.now))
    assert [(asked.role, asked.absence) for asked in stands(told).asked] == [("lead", ""), ("legal", "author")]
    assert "You wrote this text" in no_from(told, "JS").sentence.id


def test_every_approval_that_an_edit_voids_is_known() -> None:
    told = sent()
    say_yes(say_yes(told, "AM"), "JS")
    told.by("PG").given(
        StatementRevised(
            statement="S1", revision=2, text="We know more.", purpose="first-word", lang="en", networks=("x",)
        )
    )
    assert [approval.by for approval in of(told.incident).all_voided] == ["AM", "JS"]


def test_where_anybody_may_approve_the_first_is_asked_who_is_there_and_did_not_write_it() -> None:
    told = team_of(matrix={"1": ()})
    assert [first_asked(told.incident, *authors) for authors in ((), ("AM",), ("AM", "ES"), ("AM", "ES", "JS"))] == [
        "AM",
        "ES",
        "JS",
        "",
    ]
    told.when(lambda i: set_available(i, "ES", False))
    assert first_asked(told.incident, "AM") == "JS"
    vacant = team_of(matrix={"1": ()}, roles={**ROLES, "lead": "", "deputy": ""})
    assert first_asked(vacant.incident) == "JS"
    sent(told).when(lambda i: set_available(i, "AM", False))
    assert [asked.holder for asked in stands(told).asked] == ["AM"], "who was asked is still who was asked"


def test_nobody_is_silent_about_a_text_that_was_edited_since_it_was_sent() -> None:
    told = sent().minutes(30)
    assert [asked.absence for asked in stands(told).asked] == ["silent", "silent"]
    told.given(StatementRevised(statement="S1", revision=2, text="We know.", purpose="first-word", lang="en"))
    assert [(asked.since, asked.absence) for asked in stands(told).asked] == [(None, ""), (None, "")]


def test_the_backup_of_another_roles_step_does_not_stand_in() -> None:
    steps = (replace(PLAN.steps[1], id="ads", owner="community", backup="comms"), *PLAN.steps)
    told = team_of(roles={**ROLES, "comms": "LR"})
    plan = replace(told.incident.plan, steps=steps)
    assert stand_ins(replace(told.incident, plan=plan), "legal") == ("ES",)
    assert stand_ins(replace(told.incident, plan=plan), "community") == ("ES", "LR")


def test_of_who_wrote_it_the_stand_ins_are_missing_and_they_alone_are_awaited() -> None:
    say = english().value
    told = team_of(roles={**ROLES, "comms": "AM", "lead": "PG"})
    told = sent(told)
    assert say(still_missing(told.incident, stands(told))) == "Lead (ES) · Legal (JS)"
    assert [who for who in ("PG", "ES", "JS", "AM") if is_awaited(stands(told), who)] == ["ES", "JS"]


def test_who_is_missing_is_named_by_role_and_holder() -> None:
    say = english().value
    told = sent()
    assert say(still_missing(told.incident, stands(told))) == "Lead (AM) · Legal (JS)"
    vacant = sent(team_of(roles={"lead": "AM", "comms": "PG"}))
    assert say(still_missing(vacant.incident, stands(vacant))) == "Lead (AM) · Legal"
    anybody = sent(team_of(matrix={"1": ()}))
    assert say(still_missing(anybody.incident, stands(anybody))) == "one other person"


def test_alone_means_alone_with_a_reason_and_no_text_is_sent_to_its_own_author() -> None:
    told = sent(team_of(severity=1, roles={"lead": "PG"})).minutes(2)
    assert (of(told.incident).submissions[-1].to, of(told.incident).submissions[-1].others) == ("", ())
    assert "Somebody else" in no_from(told, "PG", solo=" ").sentence.id
    say_yes(told, "PG", solo=" alone on shift ")
    assert of(told.incident).approvals[-1].solo == "alone on shift"
    anybody = sent(team_of(severity=1, matrix={"1": ()}, roles={"comms": "PG"})).minutes(2)
    say_yes(anybody, "PG", solo="alone on shift")
    assert stands(anybody).is_whole
