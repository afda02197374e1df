"""Is a target dead? Evidence is gathered here and judged here, never in one step."""
