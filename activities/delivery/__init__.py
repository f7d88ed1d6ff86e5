"""How a notice becomes messages and how they travel. Who is owed one is the domain's."""
