"""What is said to people, in their language: message catalogues and how they are read."""
