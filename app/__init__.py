"""Heard: a report travels from a ward terminal to an answer."""
