"""One portal's run, whatever fetches its pages: what to read next, what each page comes to,
and how it all ended."""
