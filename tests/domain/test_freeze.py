"""The freeze list: held, or released by somebody's name."""

from tests.scenario import declared
from warroom.domain.freeze import Scheduled, hold, list_all, list_item, release


def test_each_item_is_held_or_released_by_name() -> None:
    told = declared()
    told.when(lambda i: list_item(i.freeze, "  Spring  recipe ", place="Instagram"))
    told.when(lambda i: list_item(i.freeze, "Newsletter", place="mail"))
    assert [item.standing for item in told.incident.freeze.values()] == ["open", "open"]
    told.by("PG").when(lambda i: hold(i.freeze, "Z1"))
    first = told.incident.freeze["Z1"]
    assert (first.text, first.place, first.standing, first.by) == ("Spring recipe", "Instagram", "held", "PG")
    told.by("AM").when(lambda i: release(i.freeze, "Z1"))
    assert (told.incident.freeze["Z1"].standing, told.incident.freeze["Z1"].by) == ("released", "AM")


def test_what_was_never_held_goes_out_only_with_a_reason() -> None:
    told = declared().when(lambda i: list_item(i.freeze, "Recall notice"))
    assert told.refused(lambda i: release(i.freeze, "Z1")).startswith("Say why this may go out")
    told.when(lambda i: release(i.freeze, "Z1", "it tells people what to do"))
    assert told.refused(lambda i: release(i.freeze, "Z1", "again")) == "{item} is already released."


def test_what_is_held_is_not_held_again_and_what_is_unknown_is_said() -> None:
    told = declared().when(lambda i: list_item(i.freeze, "Ad")).when(lambda i: hold(i.freeze, "Z1"))
    assert told.refused(lambda i: hold(i.freeze, "Z1")) == "{item} is already held."
    assert told.refused(lambda i: hold(i.freeze, "Z7")).startswith("There is no {item}")
    assert told.refused(lambda i: list_item(i.freeze, " ")) == "Say what is scheduled."


def test_a_list_is_put_on_the_list_once() -> None:
    told = declared().when(lambda i: list_item(i.freeze, "Autumn sale", place="x"))
    posts = [Scheduled(text="Autumn  sale", place="x"), Scheduled(text="Recipe"), Scheduled(text="Recipe")]
    told.when(lambda i: list_all(i.freeze, posts))
    assert [(item.id, item.text) for item in told.incident.freeze.values()] == [("Z1", "Autumn sale"), ("Z2", "Recipe")]
    assert told.refused(lambda i: list_all(i.freeze, posts)).startswith("Everything in it")


def test_a_list_is_numbered_on_and_its_empty_lines_are_left_out() -> None:
    told = declared().when(lambda i: list_item(i.freeze, "Ad", place=" x "))
    posts = [Scheduled(text="Ad", place=" x"), Scheduled(text=" "), *(Scheduled(text=f"Post {n}") for n in range(3))]
    told.when(lambda i: list_all(i.freeze, posts))
    assert [(item.id, item.text, item.place) for item in told.incident.freeze.values()] == [
        ("Z1", "Ad", "x"),
        ("Z2", "Post 0", ""),
        ("Z3", "Post 1", ""),
        ("Z4", "Post 2", ""),
    ]


def test_why_something_goes_out_is_kept_until_it_is_held_again() -> None:
    told = declared().when(lambda i: list_item(i.freeze, "Recall notice"))
    told.when(lambda i: release(i.freeze, "Z1", " it tells people what to do "))
    assert told.incident.freeze["Z1"].reason == "it tells people what to do"
    told.when(lambda i: hold(i.freeze, "Z1"))
    assert (told.incident.freeze["Z1"].standing, told.incident.freeze["Z1"].reason) == ("held", "")
