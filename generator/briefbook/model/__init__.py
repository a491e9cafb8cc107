"""The records of a book, one module per kind; every field carries its help and an example."""

from __future__ import annotations

from briefbook.model.account import Account
from briefbook.model.book import Book
from briefbook.model.company import Company
from briefbook.model.industry import Industry
from briefbook.model.parts import Source
from briefbook.model.redirects import Redirects
from briefbook.model.strategy import Strategy
from briefbook.model.types import Part
from briefbook.model.words import Glossary, Questions, Quiz

FOLDERS: dict[str, tuple[str, type[Part]]] = {
    "industry": ("industries", Industry),
    "company": ("companies", Company),
    "account": ("accounts", Account),
    "strategy": ("strategies", Strategy),
}
"""Kinds with a file a record: kind, folder and model."""

__all__ = [
    "FOLDERS", "Account", "Book", "Company", "Glossary", "Industry", "Part", "Questions", "Quiz",
    "Redirects", "Source", "Strategy",
]  # fmt: skip
