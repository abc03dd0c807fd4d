import type { Dialect } from './dialect';

/**
 * Emmett's SQLite event store (npm @event-driven-io/emmett-sqlite), tables of 0.38 to 0.42.
 *
 * The streams table is never joined on `partition`: released versions write the text "[object Object]" there. Streams
 * named without a category have the category "emt:unknown", which is shown as stored. `message_metadata` has a
 * `streamPosition` of its own, which counts within one append; the version is the column `stream_position`.
 */
export const emmett: Dialect = {
  product: 'emmett',
  versions: '0.38 to 0.42',
  required: {
    emt_messages: [
      'stream_id', 'stream_position', 'partition', 'message_kind', 'message_data', 'message_metadata', 'message_type', 'message_id', 'is_archived',
      'global_position', 'created',
    ],
    emt_streams: ['stream_id', 'stream_position', 'stream_type'],
  },
  table: 'emt_messages',
  columns: {
    stream: 'stream_id',
    version: 'stream_position',
    type: 'message_type',
    data: 'message_data',
    time: 'created',
    position: 'global_position',
    id: 'message_id',
    metadata: 'message_metadata',
    category: 'stream_type',
  },
  only: [`e."is_archived" = 0`, `e."message_kind" = 'E'`],
  leavesOut: `commands (message_kind 'C') and archived messages are left out`,
  streams: { table: 'emt_streams', id: 'stream_id', category: 'stream_type' },
};
