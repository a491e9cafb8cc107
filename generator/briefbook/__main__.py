"""`python -m briefbook` is the `briefbook` command."""

from briefbook.shells.cli import main

main()
