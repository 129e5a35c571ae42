-- Shops with something to screen again now; the function may look across them.
SELECT id FROM rescreen_due()
