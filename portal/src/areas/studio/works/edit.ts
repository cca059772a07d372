import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { contentsShow, contentsUpdate, type Content, type UpdateContent } from '@/client';
import { problemFrom, type ApiProblem } from '@/session/problem';
import { showWork } from './acts';

/** The version that an edit was begun on, as the API's `If-Match` wants it. */
export const versionTag = ({ version }: Pick<Content, 'version'>): string => `"${version}"`;

/** An edit that met a newer version: what was typed is kept, and shown beside what is there now. */
export interface Conflict {
  theirs: Content;
  mine: UpdateContent;
}

/** Edits a work from the version on which somebody began to type. When it changed elsewhere meanwhile, nothing is
 *  overwritten and nothing typed is lost. */
export function useEdit(begun: Content) {
  const queries = useQueryClient();
  const [conflict, setConflict] = useState<Conflict>();
  const [problem, setProblem] = useState<ApiProblem>();
  const [saving, setSaving] = useState(false);

  /** The work as it is saved; undefined when it is not. */
  const save = async (change: UpdateContent, on: Content = conflict?.theirs ?? begun): Promise<Content | undefined> => {
    setSaving(true);
    setProblem(undefined);
    try {
      const { data } = await contentsUpdate({ path: { id: begun.id }, headers: { 'If-Match': versionTag(on) }, body: change });
      setConflict(undefined);
      showWork(queries, data);
      return data;
    } catch (error) {
      const failed = problemFrom(error, undefined);
      if (failed.status === 412) setConflict({ theirs: (await contentsShow({ path: { id: begun.id } })).data, mine: change });
      else setProblem(failed);
      return undefined;
    } finally {
      setSaving(false);
    }
  };

  /** Gives up what was typed and shows what is there. */
  const takeTheirs = () => {
    if (conflict) showWork(queries, conflict.theirs);
    setConflict(undefined);
  };

  return { save, saving, conflict, problem, takeTheirs };
}
