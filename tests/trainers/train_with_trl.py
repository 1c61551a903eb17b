"""Trains two GRPO steps on a bundle with TRL itself, on CPU, and tells what was rewarded how. No test is in here.

    python train_with_trl.py BUNDLE OUTPUT.json

Runs in the environment that trl_environment.py makes, which has not our package. The model has two layers and starts
at random; its tokenizer is trained on the bundle's prompts on the spot; so nothing is fetched from anywhere.
"""

# What is imported here lies in the other environment, which a type checker does not see.
# pyright: reportMissingImports=false

import json
import os
import sys
from pathlib import Path

os.environ.update({"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "CUDA_VISIBLE_DEVICES": ""})

import pandas
import torch
from datasets import load_dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, set_seed
from trl import GRPOConfig, GRPOTrainer

STEPS = 2
CHAT_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SPECIAL = ["<|pad|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]


def tokenizer_for(texts):
    """A byte-level tokenizer trained on the texts, so that whatever the model makes is some text."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=512, special_tokens=SPECIAL, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    made = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token=SPECIAL[0], eos_token=SPECIAL[1])
    made.chat_template = CHAT_TEMPLATE
    return made


def tiny_model(tokenizer):
    """Two layers of 32, at random."""
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=4096,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
    )
    return LlamaForCausalLM(config)


def completions_of(folder):
    """The trainer's own table of completions and rewards, step by step."""
    tables = [pandas.read_parquet(path) for path in sorted(folder.glob("completions_*.parquet"))]
    return [
        {
            "step": int(line["step"]),
            "prompt": line["prompt"][-1]["content"],
            "completion": line["completion"][-1]["content"],
            "reward": float(line["rubric_reward"]),
        }
        for table in tables
        for line in table.to_dict("records")
    ]


def main(bundle, output):
    """Train, and write the texts, their rewards and the trainer's own log."""
    folder = Path(bundle) / "trl"
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    from rewards import rubric_reward

    set_seed(7)
    torch.set_num_threads(1)
    data = load_dataset(
        "json",
        data_files={part: str(folder / f"{part}.jsonl") for part in ("train", "validation")},
        cache_dir=str(Path(output).parent / "cache"),
    )
    tokenizer = tokenizer_for(prompt[0]["content"] for prompt in data["train"]["prompt"])
    settings = GRPOConfig(
        output_dir=str(Path(output).parent / "training"),
        max_steps=STEPS,
        per_device_train_batch_size=4,
        num_generations=4,
        max_completion_length=24,
        logging_steps=1,
        save_strategy="no",
        report_to=[],
        use_cpu=True,
        bf16=False,
        disable_tqdm=True,
        log_completions=True,
        num_completions_to_print=0,
    )
    trainer = GRPOTrainer(
        model=tiny_model(tokenizer),
        reward_funcs=rubric_reward,
        args=settings,
        train_dataset=data["train"],
        eval_dataset=data["validation"],
        processing_class=tokenizer,
    )
    trainer.train()
    told = {
        "completions": completions_of(Path(settings.output_dir) / "completions"),
        "log": trainer.state.log_history,
    }
    Path(output).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
