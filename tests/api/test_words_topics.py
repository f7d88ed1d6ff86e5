"""Whatever topics and workload may say has words, Chinese and English."""

from api.words.topics import BECAUSE, BELONGINGS, DIRECTIONS, PLACES
from api.words.workload import WHY
from domain.topics.root import Because
from domain.topics.trend import Direction
from domain.words import Belonging
from domain.workload.staff import Lack
from store.topics import EVERYWHERE, NOWHERE


def test_every_word_is_there_in_both_languages() -> None:
    assert set(DIRECTIONS) == set(Direction)
    assert set(BECAUSE) == set(Because)
    assert set(BELONGINGS) == set(Belonging)
    assert set(PLACES) == {EVERYWHERE, NOWHERE}
    assert set(WHY) == {*Lack, "overloaded"}
    for table in (DIRECTIONS, BECAUSE, BELONGINGS, PLACES, WHY):
        assert all(chinese and english for chinese, english in table.values())
