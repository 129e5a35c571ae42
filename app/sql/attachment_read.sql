-- A file with its bytes, as hexadecimal digits whatever the connection's settings.
SELECT id, file_name, content_type, size::bigint AS size, sha256, '\x' || encode(bytes, 'hex') AS bytes
  FROM attachments WHERE shop_id = $1 AND id = $2
