"""The gap map: what is known against what is wanted, by action point or area and by place."""
