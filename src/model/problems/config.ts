import type { Place, Problem } from '../problem';

/** leftfold.json is not JSON (comments and trailing commas allowed). @param reason in words; @param where with line and column */
export function configSyntax(where: Place, reason: string): Problem {
  return {
    code: 'config-syntax',
    message: `${at(where)} is not valid JSON: ${reason}.`,
    next: 'Correct it there; stores and reducers of the file are used again once it can be read.',
    where,
    exit: 2,
  };
}

/** Something in leftfold.json is not what it should be. @param path the entry, `reducers[0].module`; @param reason what it should be */
export function configInvalid(where: Place, path: string, reason: string): Problem {
  return {
    code: 'config-invalid',
    message: `${at(where)}: ${path === '' ? 'the file' : `"${path}"`} ${reason}.`,
    next: 'Correct the entry; all others are used.',
    where,
    exit: 2,
  };
}

/** leftfold.json is there and cannot be read. @param reason the system's words */
export function configUnreadable(file: string, reason: string): Problem {
  return { code: 'config-unreadable', message: `${file} cannot be read: ${reason}.`, next: 'Check that you may read it.', where: { file }, exit: 2 };
}

/** A change cannot be written into a leftfold.json that is no valid JSON: the rest of it could be lost. */
export function configNotEditable(where: Place): Problem {
  return {
    code: 'config-not-editable',
    message: `${at(where)} is not valid JSON, so nothing can be added to it.`,
    next: 'Correct it there, then try again.',
    where,
    exit: 2,
  };
}

function at({ file, line, column }: Place): string {
  return [file ?? 'leftfold.json', ...(line === undefined ? [] : [`line ${line}`]), ...(column === undefined ? [] : [`column ${column}`])].join(', ');
}
