ALTER TABLE "personalized_content_cache"
	SET (toast_tuple_target = 4080),
	ADD COLUMN "row_text" text GENERATED ALWAYS AS (section_hash || chr(31) || profile_hash || chr(31) || version_hash || chr(31) || rewrite::text || chr(31) || receipt::text || chr(31) || translate(model, chr(30) || chr(31), '  ') || chr(31) || coalesce(notice, '') || chr(31) || (extract(epoch from created_at at time zone 'UTC') * 1000)::text || chr(31) || prompt_tokens::text || chr(31) || completion_tokens::text) STORED NOT NULL,
	ALTER COLUMN "row_text" SET STORAGE MAIN;
