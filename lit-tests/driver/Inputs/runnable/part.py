from typing import TYPE_CHECKING

if TYPE_CHECKING:  # nobody misses what only type checkers read
    from nowhere import Nothing
name = "part"
