/** Words that must be quoted as names in at least one of the three databases. */
export const reservedWords: ReadonlySet<string> = new Set(
  `accessible action add after all alter analyse analyze and any array as asc asymmetric asensitive attach
authorization before begin between bigint binary blob both by call cascade case cast change char character check
cluster collate collation column commit concurrently condition conflict constraint continue convert create cross cube
cume_dist current current_catalog current_date current_role current_schema current_time current_timestamp current_user
cursor database databases day_hour day_microsecond day_minute day_second dec decimal declare default deferrable
deferred delayed delete dense_rank desc describe detach deterministic distinct distinctrow div do double drop dual
each else elseif empty enclosed end escape escaped except exclusive exists exit explain fail false fetch first_value
float float4 float8 following for force foreign freeze from full fulltext function generated get glob grant group
grouping groups having high_priority hour_microsecond hour_minute hour_second if ignore ilike immediate in index
indexed infile initially inner inout insensitive insert instead int int1 int2 int3 int4 int8 integer intersect
interval into io_after_gtids io_before_gtids is isnull iterate join json_table key keys kill lag last_value lateral
lead leading leave left like limit linear lines load localtime localtimestamp lock long longblob longtext loop
low_priority master_bind master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext middleint
minute_microsecond minute_second mod modifies natural new no_write_to_binlog not notnull nth_value ntile null numeric
of off offset old on only optimize optimizer_costs option optionally or order out outer outfile over overlaps
overriding partition percent_rank period placing plan pragma precision preceding primary procedure purge query raise
range rank read read_write reads real recursive references regexp reindex release rename repeat replace require
resignal restrict return returning revoke right rlike rollback row row_number rows savepoint schema schemas
second_microsecond select sensitive separator session_user set show signal similar smallint some spatial specific sql
sql_big_result sql_calc_found_rows sql_small_result sqlexception sqlstate sqlwarning ssl starting stored straight_join
symmetric system table tablesample temp temporary terminated text then tinyblob tinyint tinytext to trailing
transaction trigger true unbounded undo union unique unlock unsigned update usage use user using utc_date utc_time
utc_timestamp vacuum values varbinary varchar varcharacter variadic varying verbose view virtual when where while
window with without write xor year_month zerofill`.split(/\s+/),
)
