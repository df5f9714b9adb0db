"""Questions of researchers: read, and answered or refused with a coarser one."""
