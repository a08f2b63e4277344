"""The vocabulary: stable codes and their English labels, shared by forms, desk and figures."""
