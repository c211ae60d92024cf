"""What the pages are made with: parts told by the code, pictures, and the look of the reference."""
