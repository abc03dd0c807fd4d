import type { Place, Problem } from '../problem';

function storeProblem(code: string, message: string, next: string, where: Place, details?: string[]): Problem {
  return { code, message, next, where, exit: 2, ...(details ? { details } : {}) };
}

function eventProblem(code: string, message: string, next: string, where: Place, details?: string[]): Problem {
  return { code, message, next, where, exit: 3, ...(details ? { details } : {}) };
}

/** There is nothing at the path. */
export function storeMissing(file: string): Problem {
  return storeProblem('store-missing', `There is no file ${file}.`, 'Check the path; a relative one starts from the folder you are in.', { file });
}

/** The path leads to a folder. */
export function storeIsDirectory(file: string): Problem {
  return storeProblem('store-directory', `${file} is a folder, not an event store.`, 'Name the SQLite or NDJSON file inside it.', { file });
}

/** The path leads to a pipe, a device or a socket. */
export function storeNotAFile(file: string): Problem {
  return storeProblem('store-not-a-file', `${file} is not a regular file.`, 'Write the events to a file first, then open that.', { file });
}

/** The file has no bytes. */
export function storeEmpty(file: string): Problem {
  return storeProblem('store-empty', `${file} is empty.`, 'Open it again once events have been written to it.', { file });
}

/** The system refuses to let the file be read. @param reason the system's words */
export function storeUnreadable(file: string, reason: string): Problem {
  return storeProblem('store-unreadable', `${file} cannot be read: ${reason}.`, 'Check that you may read it and that the disk is connected.', { file });
}

/** Neither SQLite nor lines of JSON. @param found the first bytes or characters, in words */
export function storeUnknownFormat(file: string, found: string): Problem {
  return storeProblem(
    'store-unknown-format',
    `${file} is neither a SQLite database nor a file with one JSON event a line: it begins with ${found}.`,
    'Open a SQLite event store, or export the events as NDJSON (one JSON object a line).',
    { file },
  );
}

/** The bytes look random: an encrypted database. */
export function storeEncrypted(file: string): Problem {
  return storeProblem(
    'store-encrypted',
    `${file} is encrypted, or is no SQLite database: its header is not readable.`,
    'Export a decrypted copy with the tool that wrote it (for SQLCipher: sqlcipher_export), then open that.',
    { file },
  );
}

/** SQLite itself says that the file is none of its own. */
export function storeNotADatabase(file: string): Problem {
  return storeProblem('store-not-a-database', `${file} begins like a SQLite database but is none.`, 'Restore it from a backup, or open the original.', { file });
}

/** The header speaks of more pages than the file has. Sizes in bytes. */
export function storeTruncated(file: string, size: number, expected: number): Problem {
  return storeProblem(
    'store-truncated',
    `${file} is cut short: it has ${size} of the ${expected} bytes its header speaks of.`,
    'Copy it again from where it came from (with its -wal file), or restore it from a backup.',
    { file },
  );
}

/** Pages of a database contradict each other. @param reason SQLite's words */
export function storeDamaged(file: string, reason: string): Problem {
  return storeProblem('store-damaged', `${file} is damaged: ${reason}.`, 'Restore it from a backup, or save what can be saved with "sqlite3 <file> .recover".', { file });
}

/** Another process keeps the database locked. @param waitedMs how long Leftfold waited */
export function storeLocked(file: string, waitedMs: number): Problem {
  return storeProblem(
    'store-locked',
    `${file} is locked by another process (waited ${waitedMs} ms).`,
    'Try again when the other process has finished its transaction, or stop it.',
    { file },
  );
}

/** No table looks like events. @param found `table(column, column)` for each table */
export function storeUnknownSchema(file: string, found: string[]): Problem {
  return storeProblem(
    'store-unknown-schema',
    found.length === 0 ? `${file} is a SQLite database without tables.` : `No table in ${file} could be recognised as holding events; it has ${listed(found)}.`,
    found.length === 0 ? 'Open the database your application writes its events to.' : 'Map the columns by hand: "Map Columns by Hand…" in VS Code, or "mapping" in leftfold.json.',
    { file },
    found,
  );
}

/** No field of the lines looks like a part of an event. @param found `line(field, field)` */
export function storeUnknownFields(file: string, found: string[]): Problem {
  return storeProblem(
    'store-unknown-schema',
    `The lines of ${file} could not be recognised as events; they have ${listed(found)}.`,
    'Map the fields by hand: "Map Columns by Hand…" in VS Code, or "mapping" in leftfold.json.',
    { file },
    found,
  );
}

function listed(found: string[]): string {
  const shown = found.slice(0, 3).join(', ');
  return found.length > 3 ? `${shown} and ${found.length - 3} more` : shown;
}

/** A mapping names a table that the database does not have. */
export function mappingWithoutTable(file: string, table: string, tables: string[]): Problem {
  return storeProblem(
    'store-mapping-table',
    `The mapping for ${file} names the table "${table}", which does not exist.`,
    tables.length === 0 ? 'The database has no tables at all.' : `Correct "mapping.table" in leftfold.json; there ${tables.length === 1 ? 'is' : 'are'} ${quoted(tables)}.`,
    { file, table },
    tables,
  );
}

/** A mapping names a column that its table does not have. */
export function mappingWithoutColumn(file: string, table: string, role: string, column: string, columns: string[]): Problem {
  return storeProblem(
    'store-mapping-column',
    `The mapping for ${file} reads the ${role} from the column "${column}", which "${table}" does not have.`,
    `Correct "mapping.${role}" in leftfold.json; there ${columns.length === 1 ? 'is' : 'are'} ${quoted(columns)}.`,
    { file, table },
    columns,
  );
}

/** A mapping for a database leaves the payload open and none was recognised. */
export function mappingIncomplete(file: string, table: string, role: string, columns: string[]): Problem {
  return storeProblem(
    'store-mapping-incomplete',
    `The mapping for ${file} does not say which column of "${table}" holds the ${role}, and none could be recognised.`,
    `Add "${role}" to "mapping" in leftfold.json; there ${columns.length === 1 ? 'is' : 'are'} ${quoted(columns)}.`,
    { file, table },
    columns,
  );
}

/** A mapped field is in none of the lines looked at. */
export function mappingWithoutField(file: string, role: string, field: string, fields: string[]): Problem {
  return storeProblem(
    'store-mapping-field',
    `The mapping for ${file} reads the ${role} from "${field}", which its lines do not have.`,
    `Correct "mapping.${role}" in leftfold.json; the lines have ${quoted(fields)}.`,
    { file },
    fields,
  );
}

function quoted(names: string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** The file is one JSON document. @param form what was found, in words */
export function storeJsonDocument(file: string, form: string): Problem {
  return storeProblem(
    'store-json-document',
    `${file} holds ${form}, not one event a line.`,
    'Write one event a line (NDJSON), for example with: jq -c ".[]" file.json > file.ndjson',
    { file, line: 1 },
  );
}

/** The text is not UTF-8. @param encoding its name */
export function storeEncoding(file: string, encoding: string): Problem {
  return storeProblem('store-encoding', `${file} is written in ${encoding}; NDJSON is UTF-8.`, `Convert it, for example with: iconv -f ${encoding} -t UTF-8`, { file, line: 1 });
}

/** The file is another one than was opened, or has been written to. */
export function storeChanged(file: string): Problem {
  return storeProblem('store-changed', `${file} has changed since it was opened.`, 'Refresh to read it as it is now.', { file });
}

/** The file is gone. */
export function storeVanished(file: string): Problem {
  return storeProblem('store-vanished', `${file} is no longer there.`, 'Bring it back, then refresh.', { file });
}

/** Opening was cancelled. */
export function openingCancelled(file: string): Problem {
  return storeProblem('store-cancelled', `Opening ${file} was cancelled.`, 'Open it again when you want to read it.', { file });
}

/** A copy is needed to read the database without a trace, and there is no room for it. @param reason the system's words */
export function storeNotCopied(file: string, reason: string): Problem {
  return storeProblem(
    'store-not-copied',
    `${file} has unfinished writes beside it and can only be read from a copy, which failed: ${reason}.`,
    'Make room in the temporary folder, or let the application that writes it finish and close it.',
    { file },
  );
}

/** SQLite's addon does not run here. @param reason the system's words */
export function sqliteUnavailable(file: string, reason: string): Problem {
  return storeProblem('store-no-sqlite', `${file} is a SQLite database, and SQLite cannot be loaded on this machine: ${reason}.`, 'Use a supported platform (Linux, macOS or Windows on x64 or arm64).', { file });
}

/** A line is not JSON. @param reason the parser's words */
export function malformedLine(where: Place, reason: string): Problem {
  return eventProblem('malformed-line', `Line ${where.line} of ${where.file} is not JSON: ${reason}.`, 'Correct or remove the line; all other lines are shown.', where);
}

/** A line is JSON but no object. @param form what it is, in words */
export function notAnEventLine(where: Place, form: string): Problem {
  return eventProblem('line-no-event', `Line ${where.line} of ${where.file} is ${form}, not an event object.`, 'Correct or remove the line; all other lines are shown.', where);
}

/** The last line ends in the middle of its JSON. */
export function halfWrittenLine(where: Place): Problem {
  return eventProblem(
    'half-written-line',
    `The last line (${where.line}) of ${where.file} is half-written: the file ends before its JSON does.`,
    'Refresh when the writer has finished, or remove the line.',
    where,
  );
}

/** An event says no stream, so it cannot be listed under one. @param field where the stream was looked for */
export function lineWithoutStream(where: Place, field: string): Problem {
  return eventProblem('event-without-stream', `Line ${where.line} of ${where.file} has no stream in "${field}".`, 'Correct the line, or map another field as the stream.', where);
}

/** Rows whose stream is NULL cannot be listed under one. */
export function rowsWithoutStream(where: Place, rows: number, column: string): Problem {
  return eventProblem(
    'event-without-stream',
    `${rows} row${rows === 1 ? '' : 's'} of "${where.table}" in ${where.file} ${rows === 1 ? 'has' : 'have'} no stream: "${column}" is NULL.`,
    'Map another column as the stream, or correct the rows.',
    where,
  );
}

/** A version is missing or is no integer. @param stored what is stored, in words */
export function unreadableVersion(where: Place, stored: string): Problem {
  return eventProblem('unreadable-version', `An event of "${where.stream}"${at(where)} has no readable version: ${stored} is stored.`, 'Correct the event, or map another column or field as the version.', where);
}

/** A payload is not JSON. @param part data or metadata; @param reason the parser's words */
export function payloadNotJson(where: Place, part: 'data' | 'metadata', reason: string): Problem {
  const what = part === 'data' ? 'payload' : 'metadata';
  return eventProblem(
    'payload-not-json',
    `The ${what} of version ${where.version ?? '?'} of "${where.stream ?? '?'}"${at(where)} is not JSON: ${reason}.`,
    'The stored text is shown as it is; correct the event, or map another column or field.',
    where,
  );
}

/** A line or text is not valid UTF-8, so showing it as text would change it. */
export function invalidUtf8(where: Place): Problem {
  return eventProblem('invalid-utf8', `Version ${where.version ?? '?'} of "${where.stream ?? '?'}"${at(where)} is not valid UTF-8.`, 'The bytes are shown as they are; correct the event.', where);
}

function at(where: Place): string {
  if (where.file === undefined) return '';
  return where.line === undefined ? ` in ${where.file}` : ` (${where.file}, line ${where.line})`;
}
