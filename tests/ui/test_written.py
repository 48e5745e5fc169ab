"""What was typed and what was recorded are told apart, whatever comes back from the log and when."""

from msgspec.structs import replace

from tests.scenario import Scenario, declared
from warroom.domain.incident import Incident
from warroom.services.draft import Draft
from warroom.ui.draft import draft_of
from warroom.ui.written import Save, Written


def recorded(scenario: Scenario, save: Save) -> Incident:
    """The crisis once a save has come to its log."""
    for event in save.decide(scenario.board):
        scenario.given(event)
    return scenario.incident


def begun() -> Written:
    written = Written()
    written.draft = Draft(purpose="holding", networks=("x",))
    return written


def test_a_first_text_gets_its_name_and_its_language_as_it_is_saved() -> None:
    scenario, written = declared(), begun()
    assert written.typed("We are sorry.")
    save = written.save("We are sorry.", scenario.incident, "en")
    assert (written.draft.statement, written.draft.lang) == ("S1", "en")
    assert recorded(scenario, save).statements["S1"].head.digest == save.mark == written.base
    written.settle(save, done=True)
    assert written.is_recorded
    assert not written.typed("We are sorry.")
    assert written.last("We are sorry.", scenario.incident, "en") is None, "nothing is left to be written"


def test_a_text_that_was_begun_in_another_language_keeps_it() -> None:
    written = begun()
    written.change(replace(written.draft, lang="es"))
    assert written.save("Lo sentimos.", declared().incident, "en").draft.lang == "es"


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_on_it() -> None:
    scenario, written = declared(), begun()
    written.typed("We are sorry.")
    first = written.save("We are sorry.", scenario.incident, "en")
    written.typed("We are very sorry.")
    second = written.save("We are very sorry.", scenario.incident, "en")
    written.settle(first, done=True)
    assert not written.is_recorded, "one is still on its way"
    recorded(scenario, first)
    statement = recorded(scenario, second).statements["S1"]
    assert (statement.head.text, statement.rivals) == ("We are very sorry.", ())


def test_what_could_not_be_written_stays_and_is_written_on_what_it_was_written_on() -> None:
    scenario, written = declared(), begun()
    written.typed("We are sorry.")
    first = written.save("We are sorry.", scenario.incident, "en")
    head = recorded(scenario, first).statements["S1"].head
    written.settle(first, done=True)
    written.typed("We are very sorry.")
    lost = written.save("We are very sorry.", scenario.incident, "en")
    written.settle(lost, done=False)
    assert (written.state, written.base) == ("unsaved", head.digest)
    assert written.typed("We are very sorry."), "it is not recorded"
    assert written.state == "unsaved", "until it is, more words do not change that"
    again = written.save("We are very sorry.", scenario.incident, "en")
    assert recorded(scenario, again).statements["S1"].rivals == ()


def test_a_save_that_is_lost_after_another_one_leaves_that_one_alone() -> None:
    scenario, written = declared(), begun()
    written.typed("We are sorry.")
    first = written.save("We are sorry.", scenario.incident, "en")
    written.typed("We are very sorry.")
    second = written.save("We are very sorry.", scenario.incident, "en")
    written.settle(first, done=False)
    assert (written.base, written.kept) == (second.mark, "We are very sorry.")


def test_the_last_words_are_written_on_what_a_save_was_written_on_that_may_be_lost() -> None:
    scenario, written = declared(), begun()
    assert written.last("", scenario.incident, "en") is None
    written.typed("We are sorry.")
    typed = written.last("We are sorry.", scenario.incident, "en")
    assert typed is not None
    assert (typed.base, typed.draft.statement, typed.draft.lang) == (None, "S1", "en")
    written.save("We are sorry.", scenario.incident, "en")
    under_way = written.last("We are sorry.", scenario.incident, "en")
    assert under_way is not None
    assert under_way.base is None


def test_a_new_text_without_a_word_of_ones_own_is_nothing_to_be_kept() -> None:
    scenario, written = declared(), begun()
    written.begin(Draft(purpose="update"))
    written.untouched = "Update [time]: "
    for text in ("", "  \n", "Update [time]:"):
        assert written.is_untouched(text)
        assert written.last(text, scenario.incident, "en") is None
    assert not written.is_untouched("Update 14:30: the plant is closed.")


def test_a_text_that_lost_its_words_is_recorded_and_an_empty_page_is_not() -> None:
    scenario, written = declared(), begun()
    assert written.is_nothing(" ", scenario.incident)
    assert not written.is_nothing("We", scenario.incident)
    written.typed("We are sorry.")
    save = written.save("We are sorry.", scenario.incident, "en")
    assert not written.is_nothing("", scenario.incident), "it is on its way"
    written.settle(save, done=True)
    recorded(scenario, save)
    assert not written.is_nothing("", scenario.incident)


def test_a_recorded_text_is_shown_with_what_goes_with_it() -> None:
    scenario, writer, reader = declared(), begun(), Written()
    writer.typed("We are sorry.")
    statement = recorded(scenario, writer.save("We are sorry.", scenario.incident, "en")).statements["S1"]
    reader.draft = draft_of(statement, statement.head)
    assert reader.show(statement.head) == "We are sorry."
    assert not reader.typed("We are sorry.")
    reader.change(replace(reader.draft, networks=("bluesky",)))
    assert recorded(scenario, reader.save("We are sorry.", scenario.incident, "")).statements["S1"].head.networks == (
        "bluesky",
    )
