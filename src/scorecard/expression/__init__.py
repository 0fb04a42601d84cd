"""The formula language: `parse` and `check` need the standard library only; `frame` compiles to narwhals, `array` to numpy."""
