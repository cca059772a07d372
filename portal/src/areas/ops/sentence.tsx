import { Code } from '@mantine/core';

/** A sentence of the server in which `names` stand between backticks. */
export function Sentence({ text }: { text: string }) {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? <Code key={index} fz={13}>{piece}</Code> : piece));
}
