-- Texts that are longer than the cell of a spreadsheet, in pieces.
SELECT table_name, row_no, column_name, piece, words FROM backup_long_texts($1)
