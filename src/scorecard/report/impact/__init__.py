"""What another definition does to everybody, in words, tables and files."""
