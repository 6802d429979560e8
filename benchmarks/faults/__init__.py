"""Kills, a full disk and portals in trouble: is nothing lost, and is every outcome true?"""
