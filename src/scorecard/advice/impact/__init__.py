"""What another definition does to everybody: whose score and band moves, and by what."""
