"""Files with the name of an invented author wherever a program leaves one."""
