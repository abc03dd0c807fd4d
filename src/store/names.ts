import type { EventRole } from '../model/store-info';

/** Names of columns and fields by role, the likeliest first, as `plainName` writes them. */
export const ROLE_NAMES: Record<EventRole, readonly string[]> = {
  stream: [
    'streamname', 'streamid', 'streamuuid', 'stream', 'aggregateid', 'aggregateuuid', 'aggregaterootid', 'aggregateidentifier',
    'entityid', 'subject', 'persistenceid', 'originatorid', 'aggregatorid', 'streamidinternal', 'streamkey', 'aggregatekey', 'aggregate', 'entity', 'subjectid', 'key',
  ],
  version: [
    'streamversion', 'streamposition', 'streamrevision', 'aggregateversion', 'aggregatesequencenumber', 'entityversion', 'originatorversion', 'version', 'playhead', 'streamsequence',
    'sequencenr', 'sequencenumber', 'aggregatesequence', 'sequence', 'seq', 'generation', 'revision', 'eventnumber', 'eventversion', 'position',
  ],
  type: ['eventtype', 'eventname', 'eventclass', 'messagetype', 'payloadtype', 'type', 'name', 'event', 'kind', 'topic', 'reason'],
  data: [
    'data', 'payload', 'eventdata', 'eventpayload', 'eventbody', 'body', 'messagedata', 'jsondata', 'eventjson', 'eventproperties', 'content', 'message', 'state', 'json', 'args', 'event',
  ],
  time: [
    'createdat', 'created', 'createdutc', 'timestamp', 'recordedat', 'recordedon', 'occurredat', 'occurredon', 'occurred', 'happenedon', 'happenedat', 'insertedat',
    'eventtime', 'eventtimestamp', 'eventdate', 'committedat', 'storedat', 'publishedat', 'time', 'ts', 'date', 'datetime', 'createdon', 'at',
  ],
  position: [
    'globalposition', 'globalsequence', 'globalsequencenumber', 'globalindex', 'globalversion', 'globalid', 'logposition', 'position', 'seq', 'seqid', 'sequence', 'sequencenumber', 'ordering',
    'offset', 'id',
  ],
  id: ['eventid', 'eventuuid', 'eventidentifier', 'messageid', 'uuid', 'guid', 'id'],
  metadata: ['metadata', 'meta', 'headers', 'jsonmetadata', 'eventmetadata', 'messagemetadata', 'eventheaders', 'context', 'customheaders'],
  category: ['streamtype', 'streamcategory', 'aggregatetype', 'aggregatename', 'aggregateroottype', 'aggregatortype', 'entitytype', 'category', 'domain', 'aggregate'],
};

/** A name without case, underscores, hyphens, dots and spaces: `Stream_ID`, `streamId` and `StreamID` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Where a name stands among those of a role: 0 is the likeliest, undefined when it is none of them. */
export function nameRank(role: EventRole, name: string): number | undefined {
  const rank = ROLE_NAMES[role].indexOf(plainName(name));
  return rank < 0 ? undefined : rank;
}
