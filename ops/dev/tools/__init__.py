"""The programs that the project needs and a fresh machine lacks: found, or installed, one file per installer."""
