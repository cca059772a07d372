import { Textarea } from '@mantine/core';

/** Why somebody acts: kept in the audit log with the action. */
export function ReasonField({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <Textarea
      label="Reason"
      description="Stays in the audit log with your name"
      value={value}
      onChange={(event) => { onChange(event.currentTarget.value); }}
      maxLength={500}
      autosize
      minRows={2}
      mt="md"
    />
  );
}

/** The reason as the API takes it: none when nothing was written. */
export const given = (reason: string): { reason?: string } => (reason.trim() === '' ? {} : { reason: reason.trim() });
