"""Real servers on loopback: one whose answers are scripted, and llama.cpp's own with a small model."""
