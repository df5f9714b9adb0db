"""Commands that need no work folder: releases and tables of anyone."""
