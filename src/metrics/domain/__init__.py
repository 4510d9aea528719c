"""What the office talks about and how it judges: pure models and rules, no clock, no store, no words for the screen."""
