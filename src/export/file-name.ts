/**
 * A name for an exported file that every file system takes: the stream's letters, digits, dots, dashes and underscores,
 * the version, and the ending of its kind.
 * @param version as stored; null for the state before the first event
 */
export function exportFileName(what: 'state' | 'events', stream: string, version: string | null): string {
  const safe = stream.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '');
  const short = [...safe].slice(0, 60).join('') || 'stream';
  const at = version ?? 'start';
  return what === 'state' ? `${short}@${at}.json` : `${short}@${at}.events.ndjson`;
}
