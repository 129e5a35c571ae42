-- Why a label may be printed without a field its profile asks for.
SELECT code, english FROM label_override_reasons ORDER BY code
