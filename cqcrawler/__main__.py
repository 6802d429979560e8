"""`python -m cqcrawler` is the `cqcrawler` command."""

from cqcrawler.commands import main

main(prog_name="cqcrawler")
