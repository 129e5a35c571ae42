-- Removes used-up tokens and old cards; the function decides what is old.
SELECT cds_upkeep() AS removed
