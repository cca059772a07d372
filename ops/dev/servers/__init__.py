"""The servers that Creator Studio stands on, one file each: how to prepare, start, check and stop it."""
