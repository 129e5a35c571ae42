-- Removes what is old of keys and sessions; the function decides what that is.
SELECT upkeep() AS removed
