"""The plugin door. A plugin marks its hooks with `hookimpl` and returns records of `scorecard.hooks.contracts`."""

from scorecard.hooks.spec import hookimpl

__all__ = ["hookimpl"]
