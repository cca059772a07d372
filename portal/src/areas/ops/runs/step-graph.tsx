import { Text, UnstyledButton } from '@mantine/core';
import type { Step } from '@/client';
import { machineTime } from '@/format/durations';
import { StateIcon } from '@/pieces/state-badge';
import { roleColour } from '@/theme/tokens';
import { stepWords } from '@/words/job-words';
import { itemsDone } from './item-words';

/** The steps of a run in their order, each with its state; choosing one shows its attempts. */
export function StepGraph({ steps, chosen, onChoose }: { steps: Step[]; chosen: string | undefined; onChoose: (step: string) => void }) {
  return (
    <ol className="step-graph" aria-label="Steps">
      {steps.map((step) => {
        const look = stepWords[step.state];
        return (
          <li key={step.name}>
            <UnstyledButton
              className="step-node"
              onClick={() => { onChoose(step.name); }}
              aria-current={step.name === chosen ? 'step' : undefined}
              style={{ borderColor: step.state === 'pending' ? undefined : roleColour(look.role) }}
            >
              <StateIcon icon={look.icon} role={look.role} size={16} />
              <span>
                <Text fz={14} fw={step.name === chosen ? 650 : 500} component="span" display="block">{step.name}</Text>
                <Text fz={12} c={roleColour(look.role)} component="span" className="tabular">
                  {look.word}
                  {step.started_at && step.finished_at && ` · ${machineTime(Date.parse(step.finished_at) - Date.parse(step.started_at))}`}
                  {step.items_total !== undefined && ` · ${itemsDone(step)}`}
                  {step.attempts.length > 1 && ` · ${step.attempts.length} attempts`}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        );
      })}
    </ol>
  );
}
