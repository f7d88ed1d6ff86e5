"""Addresses are read as people write them."""

from store.database import _driver


def test_libpqs_word_for_tls_is_understood() -> None:
    found = _driver("postgresql://me:secret@db:5432/shouwen?sslmode=require")
    assert found.drivername == "postgresql+asyncpg"
    assert dict(found.query) == {"ssl": "require"}


def test_an_address_without_it_is_left_as_it_is() -> None:
    found = _driver("postgresql://me@/shouwen?host=/run/postgres")
    assert dict(found.query) == {"host": "/run/postgres"}
