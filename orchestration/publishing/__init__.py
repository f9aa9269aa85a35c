"""Publishing: the tested marts as one file that readers may hold open."""
