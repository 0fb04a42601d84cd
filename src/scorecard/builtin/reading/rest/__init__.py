"""Records of a web API, page by page: nothing lost, nothing counted twice.

`call` is what is asked; `auth` signs it; `client` sends it, and again where that may help (`retry`, `clock`); `paging`
makes the next call of a page; `fetch` goes from page to page; `settings` reads all that from a definition.
"""
