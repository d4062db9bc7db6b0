-- The newest notices that publish lists or controls, whose attachments may hold an answer.
CREATE INDEX notice_with_lists ON ingest.notice (issued_on DESC NULLS LAST)
WHERE title ~ '管制|禁止|限制|目录|许可|配额|关税|清单|名单' AND page_kind IN ('notice', 'law');
